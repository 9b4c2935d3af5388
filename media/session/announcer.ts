import type { Clock } from '../../src/util/clock.ts';
import { withHiddenMarked } from '../../src/util/hiddenCharacters.ts';

/** How long the region stays empty, so that the same words are heard again. */
const PAUSE_MS = 50;

/** Says single things to people who do not see the page, in the one region that is read aloud. */
export function createAnnouncer(root: HTMLElement, clock: Clock): (text: string) => void {
  return (text) => {
    const status = root.querySelector('[data-status]');
    if (status !== null) {
      status.textContent = '';
      clock.after(PAUSE_MS, () => {
        status.textContent = withHiddenMarked(text);
      });
    }
  };
}
