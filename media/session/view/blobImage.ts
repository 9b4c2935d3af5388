import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { html, noChange, type TemplateResult } from 'lit/html.js';
import type { Block } from '../../../src/transcript/row.ts';

type ImageBlock = Extract<Block, { type: 'image' }>;

const MOST_BYTES = 5 * 1024 * 1024;
/** Raster formats only: a vector image is a document that can hold script. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export function canShowImage(block: ImageBlock): boolean {
  return block.data !== undefined && block.bytes <= MOST_BYTES && RASTER.has(block.mediaType);
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
  try {
    const bytes = Uint8Array.from(atob(block.data ?? ''), (unit) => unit.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: block.mediaType }));
  } catch {
    // What is no base64 is no picture: the alternative text stands.
    return undefined;
  }
}
