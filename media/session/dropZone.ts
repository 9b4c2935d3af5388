import { MAX_DROPPED_URI, MAX_FILE_NAME } from '../../src/protocol/composerMessages.ts';

/** What the editor calls the resources that are dragged from one of its views, one URI in a line. */
const EDITOR_URIS = 'application/vnd.code.uri-list';
const FILES = 'Files';

/** What was dropped: files with their contents, from outside of the editor, or the names of resources in it. */
export interface Dropped {
  readonly files: readonly File[];
  readonly uris: readonly string[];
}

export interface DropZone {
  /** Whether anything is taken now. */
  readonly isOpen: boolean;
  hover(isOn: boolean): void;
  dropped(dropped: Dropped): void;
}

/**
 * Takes files that are dropped anywhere on the page. Text that is dragged is left to the browser, which puts it
 * into the field; so is everything while the zone is closed.
 */
export function watchDrops(zone: DropZone): void {
  const taken = (event: DragEvent): DataTransfer | undefined => {
    const data = event.dataTransfer;
    const isOurs = data?.types.some((type) => type === FILES || type === EDITOR_URIS) === true;
    return isOurs && zone.isOpen ? data : undefined;
  };
  const onOver = (event: DragEvent) => {
    const data = taken(event);
    if (data !== undefined) {
      // Without this the editor takes files from outside of it for itself.
      event.preventDefault();
      data.dropEffect = 'copy';
      zone.hover(true);
    }
  };
  document.addEventListener('dragenter', onOver);
  document.addEventListener('dragover', onOver);
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      zone.hover(false);
    }
  });
  document.addEventListener('drop', (event) => {
    zone.hover(false);
    const data = taken(event);
    if (data !== undefined) {
      event.preventDefault();
      zone.dropped(readDropped(data));
    }
  });
}

function readDropped(data: DataTransfer): Dropped {
  const uris = data
    .getData(EDITOR_URIS)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && line.length <= MAX_DROPPED_URI);
  return { files: Array.from(data.files), uris: [...new Set(uris)] };
}

/** The end of a name tells more than its beginning. */
export function shortName(name: string): string {
  return name.length > MAX_FILE_NAME ? `…${name.slice(1 - MAX_FILE_NAME)}` : name || '…';
}
