/**
 * Whether the keyboard is where the user acted, or nowhere; never true while the window's focus is elsewhere.
 * Only then may it be taken to where the work goes on.
 */
export function isFocusStillAt(place: Element | null | undefined): boolean {
  const active = document.activeElement;
  if (!document.hasFocus()) {
    return false;
  }
  return active === null || active === document.body || place?.contains(active) === true;
}
