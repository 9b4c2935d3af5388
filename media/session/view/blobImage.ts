import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { html, noChange, type TemplateResult } from 'lit/html.js';
import type { Block } from '../../../src/transcript/row.ts';
import { rasterHeader } from '../../../src/util/rasterHeader.ts';

type ImageBlock = Extract<Block, { type: 'image' }>;

const MOST_BYTES = 5 * 1024 * 1024;
/** A small file can unpack to more than a page can hold. */
const MOST_PIXELS = 40_000_000;

const verdicts = new WeakMap<ImageBlock, boolean>();

/** Raster formats only, told by their first bytes: a vector image is a document that can hold script. */
export function canShowImage(block: ImageBlock): boolean {
  let verdict = verdicts.get(block);
  if (verdict === undefined) {
    const bytes = block.bytes <= MOST_BYTES ? bytesOf(block) : undefined;
    const header = bytes && rasterHeader(bytes);
    verdict = header?.mediaType === block.mediaType && header.width * header.height <= MOST_PIXELS;
    verdicts.set(block, verdict);
  }
  return verdict;
}

/** Turns base64 data into a blob URL that lives as long as the element that shows it. */
class BlobUrl extends AsyncDirective {
  private block: ImageBlock | undefined;
  private url: string | undefined;

  override render(block: ImageBlock): unknown {
    if (block.data === this.block?.data) {
      return noChange;
    }
    this.revoke();
    this.block = block;
    this.url = createUrl(block);
    return this.url ?? '';
  }

  protected override disconnected(): void {
    this.revoke();
  }

  protected override reconnected(): void {
    if (this.block !== undefined) {
      this.url = createUrl(this.block);
      this.setValue(this.url ?? '');
    }
  }

  private revoke(): void {
    if (this.url !== undefined) {
      URL.revokeObjectURL(this.url);
      this.url = undefined;
    }
  }
}

const blobUrl = directive(BlobUrl);

export function blobImage(block: ImageBlock, alt: string): TemplateResult {
  return html`<img class="picture" alt=${alt} decoding="async" src=${blobUrl(block)} />`;
}

function createUrl(block: ImageBlock): string | undefined {
  const bytes = bytesOf(block);
  return bytes && URL.createObjectURL(new Blob([bytes], { type: block.mediaType }));
}

function bytesOf(block: ImageBlock): Uint8Array<ArrayBuffer> | undefined {
  if (block.data === undefined || block.data.length > 2 * MOST_BYTES) {
    return undefined;
  }
  try {
    return Uint8Array.from(atob(block.data), (unit) => unit.charCodeAt(0));
  } catch {
    // What is no base64 is no picture.
    return undefined;
  }
}
