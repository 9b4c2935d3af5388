/** What the find bar covers at the top, with some air. */
const COVERED_PX = 64;
const AIR_PX = 28;

/** Brings a piece of text into view in everything that scrolls around it, the conversation last. */
export function bringIntoView(range: Range, scroller: HTMLElement): void {
  openDetails(range);
  for (const box of boxesAround(range, scroller)) {
    scrollInto(range, box, 0, 0);
  }
  scrollInto(range, scroller, COVERED_PX, AIR_PX);
}

function openDetails(range: Range): void {
  for (let element = range.startContainer.parentElement; element !== null; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement) {
      element.open = true;
    }
  }
}

/** The boxes that scroll by themselves, innermost first. */
function* boxesAround(range: Range, scroller: HTMLElement): Generator<HTMLElement> {
  let element = range.startContainer.parentElement;
  while (element !== null && element !== scroller) {
    if (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1) {
      const { overflowX, overflowY } = getComputedStyle(element);
      if (overflowX !== 'visible' || overflowY !== 'visible') {
        yield element;
      }
    }
    element = element.parentElement;
  }
}

function scrollInto(range: Range, box: HTMLElement, top: number, bottom: number): void {
  const match = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const view = box.getBoundingClientRect();
  if (match.top < view.top + top || match.bottom > view.bottom - bottom) {
    box.scrollTop += match.top - (view.top + Math.max(top, view.height * 0.4));
  }
  if (match.left < view.left || match.right > view.right) {
    box.scrollLeft += match.left - (view.left + view.width * 0.4);
  }
}
