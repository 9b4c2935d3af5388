import { html, type TemplateResult } from 'lit/html.js';

/** The glyphs of the icon font that the page uses; each has its code point in icons.css. */
export type IconName =
  | 'account'
  | 'arrow-down'
  | 'beaker'
  | 'bell-dot'
  | 'check'
  | 'chevron-down'
  | 'chevron-right'
  | 'circle-outline'
  | 'circle-slash'
  | 'clock'
  | 'cloud'
  | 'comment-discussion'
  | 'copy'
  | 'debug-disconnect'
  | 'edit'
  | 'error'
  | 'file'
  | 'file-media'
  | 'globe'
  | 'go-to-file'
  | 'history'
  | 'info'
  | 'json'
  | 'lock'
  | 'mcp'
  | 'new-file'
  | 'pulse'
  | 'question'
  | 'refresh'
  | 'robot'
  | 'search'
  | 'send'
  | 'server'
  | 'shield'
  | 'stop-circle'
  | 'sync'
  | 'terminal'
  | 'thinking'
  | 'tools'
  | 'warning';

/** A picture beside words that say the same: hidden from screen readers. */
export function icon(name: IconName, extra = ''): TemplateResult {
  return html`<span class="icon icon-${name} ${extra}" aria-hidden="true"></span>`;
}
