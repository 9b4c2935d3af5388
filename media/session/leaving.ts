/**
 * A page that is hidden or closed can say nothing more, so the draft goes at the first sign of leaving: the focus
 * goes elsewhere, or a key may be a shortcut of the editor.
 */
export function onLeaving(keep: () => void): void {
  document.addEventListener('visibilitychange', keep);
  window.addEventListener('pagehide', keep);
  window.addEventListener('blur', keep);
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(event.key)) {
      keep();
    }
  });
}
