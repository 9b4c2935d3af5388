import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AttachmentChip } from '../../../src/protocol/composerMessages.ts';
import type { Block } from '../../../src/transcript/row.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import type { Attaching } from '../attaching.ts';
import type { ComposerController } from '../composerController.ts';
import { fill } from '../fill.ts';
import { blobImage, canShowImage } from './blobImage.ts';
import { bytesText } from './placeholder.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';

const icons: Record<AttachmentChip['source'], IconName> = {
  file: 'file',
  selection: 'list-selection',
  pasted: 'file-media',
};

/** What goes with the message: each can be looked at, exactly as it is sent, and taken away again. */
export function attachmentList(
  composer: ComposerController,
  context: PageContext,
): TemplateResult | typeof nothing {
  const { attachments } = composer.host;
  if (attachments.length === 0) {
    return nothing;
  }
  return html`<ul class="attachments" aria-label=${context.strings.composer.attachments}>
    ${repeat(
      attachments,
      ({ key }) => key,
      (chip) => html`<li>${chipView(chip, composer, context)}</li>`,
    )}
  </ul>`;
}

function chipView(chip: AttachmentChip, composer: ComposerController, context: PageContext): TemplateResult {
  const { composer: texts } = context.strings;
  const size = bytesText(chip.bytes, context);
  const shownName =
    chip.source === 'selection' ? fill(texts.selection, { name: baseName(chip.name) }) : chip.name;
  const isLocked = composer.sending !== 'idle';
  return html`<span class="attachment">
    <button
      type="button"
      class="attachment-open"
      title=${withHiddenMarked(chip.name)}
      aria-expanded=${chip.kind === 'image' ? String(composer.attaching.picture?.key === chip.key) : nothing}
      @click=${() => composer.attaching.open(chip.key)}
    >
      ${icon(chip.kind === 'image' ? 'file-media' : icons[chip.source])}<span class="attachment-name"
        >${visibleText(shownName)}</span
      ><span class="attachment-size"
        >${chip.lines === null ? size : linesText(chip.lines, context)}${chip.lines === null ? nothing : html`<span class="attachment-bytes"> · ${size}</span>`}</span
      ><span class="sr-only">: ${texts.openAttachment}</span>
    </button>
    <button
      type="button"
      class="attachment-remove"
      title=${texts.removeAttachment.replace('{name}', '').trim()}
      aria-label=${fill(texts.removeAttachment, { name: withHiddenMarked(chip.name) })}
      ?disabled=${isLocked}
      @click=${() => composer.attaching.detach(chip.key)}
    >
      ${icon('close')}
    </button>
  </span>`;
}

/** "33 lines" */
export function linesText(lines: number, { strings, format }: PageContext): string {
  const { composer } = strings;
  return lines === 1 ? composer.oneLine : fill(composer.lines, { count: format.number(lines) });
}

function baseName(path: string): string {
  return path.split(/[/\\]/).pop() ?? path;
}

/** The picture that is looked at before it is sent. */
export function picturePreview(
  composer: ComposerController,
  context: PageContext,
): TemplateResult | typeof nothing {
  const { host } = composer;
  const { picture } = composer.attaching;
  const chip = host.attachments.find(({ key }) => key === picture?.key);
  if (picture === undefined || chip === undefined) {
    return nothing;
  }
  const { composer: texts } = context.strings;
  const alt = fill(texts.preview, { name: chip.name });
  const block = blockOf(picture);
  return html`<div class="picture-preview" role="group" aria-label=${alt}>
    ${canShowImage(block) ? blobImage(block, alt) : html`<span>${texts.notShown}</span>`}
    <button
      type="button"
      class="quiet"
      title=${texts.closePreview}
      aria-label=${texts.closePreview}
      @click=${() => composer.attaching.closePicture()}
    >
      ${icon('close')}
    </button>
  </div>`;
}

type ImageBlock = Extract<Block, { type: 'image' }>;
type Picture = NonNullable<Attaching['picture']>;

/** One block for each picture: what was found out about a block is kept by its identity. */
const blocks = new WeakMap<Picture, ImageBlock>();

function blockOf(picture: Picture): ImageBlock {
  const known = blocks.get(picture);
  const { mediaType, data, bytes } = picture;
  const block = known ?? { type: 'image', mediaType, data, bytes };
  blocks.set(picture, block);
  return block;
}
