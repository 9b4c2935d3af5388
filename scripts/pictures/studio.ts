import type { Buffer } from 'node:buffer';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../../test/host/paths.ts';
import type { Editor } from '../../test/e2e/support/editor.ts';
import { animatedWebp, type Frame, webpOf } from './webp.ts';

const folder = path.join(projectFolder, 'docs', 'images');

/** Takes pictures of the running extension and keeps them under docs/images. */
export class Studio {
  private readonly editor: Editor;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  /** One picture of the whole window. */
  async still(name: string, options: { readonly quality?: number; readonly width?: number } = {}) {
    const png = await this.shoot();
    await this.keep(name, await webpOf(this.editor.page, png, options.quality ?? 0.8, options.width));
  }

  /**
   * A film of what a scene does: pictures while it runs, as quickly as they can be had and no quicker than ten a
   * second; equal ones are one that shows for longer. The last stays for two seconds.
   */
  async film(name: string, width: number, scene: () => Promise<void>): Promise<void> {
    const shots: { readonly png: Buffer; readonly at: number }[] = [];
    let isRunning = true;
    const camera = (async () => {
      while (isRunning) {
        const at = performance.now();
        const png = await this.shoot();
        if (shots.at(-1)?.png.equals(png) !== true) {
          shots.push({ png, at });
        }
        await this.editor.page.waitForTimeout(Math.max(0, 100 - (performance.now() - at)));
      }
    })();
    try {
      await scene();
    } finally {
      isRunning = false;
      await camera;
    }
    const frames: Frame[] = [];
    for (const [index, { png, at }] of shots.entries()) {
      const next = shots[index + 1]?.at ?? at + 2_000;
      frames.push({ webp: await webpOf(this.editor.page, png, 0.6, width), ms: Math.min(next - at, 2_000) });
    }
    const { width: full, height } = this.editor.page.viewportSize() ?? { width: 1, height: 1 };
    const size = { width, height: Math.round((height * width) / full) };
    await this.keep(name, animatedWebp(frames, size));
  }

  private async shoot(): Promise<Buffer> {
    return await this.editor.page.screenshot({ animations: 'disabled', caret: 'hide' });
  }

  private async keep(name: string, bytes: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${name}.webp`), bytes);
    console.log(`docs/images/${name}.webp  ${bytes.length.toLocaleString('en')} bytes`);
  }
}
