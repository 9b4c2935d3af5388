import { html, nothing, type TemplateResult } from 'lit/html.js';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import type { MarkdownContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** Longer addresses are shown cut; the host refuses them anyway. */
const LONGEST_SHOWN = 2_048;

/**
 * A link as a button: an address in the page would be opened by the editor without asking. Where the link leads
 * is told on hover and focus, and beside its text where that names another host.
 */
export function linkView(
  url: string,
  children: readonly unknown[],
  context: MarkdownContext,
): TemplateResult {
  const shown = shownAddress(url);
  const other = otherHost(url, children);
  // Blanks inside of the button would be part of the sentence.
  // prettier-ignore
  return html`<button
      type="button" class="link" role="link" title=${shown} @click=${() => context.actions.openLink(url)}
    >${children.length === 0 ? shown : children}</button>${
    other === undefined ? nothing : html`<span class="link-host"> (${other})</span>`
  }`;
}

/** An image in a text would be a request to a host of the text's choosing, so it is only named and linked. */
export function imagePlaceholder(
  alt: string,
  url: string | undefined,
  context: MarkdownContext,
): TemplateResult {
  const name = [context.strings.image, alt === '' ? '' : ': ', visibleText(alt)];
  const label = html`${icon('file-media')}<span>${name}</span>`;
  if (url === undefined) {
    return html`<span class="placeholder">${label}</span>`;
  }
  return html`<button
    type="button"
    class="placeholder link"
    role="link"
    title=${shownAddress(url)}
    @click=${() => context.actions.openLink(url)}
  >
    ${label}
  </button>`;
}

function shownAddress(url: string): string {
  const cut = url.length > LONGEST_SHOWN ? `${url.slice(0, LONGEST_SHOWN)}…` : url;
  return withHiddenMarked(cut);
}

// With a scheme anything is a host; without one "README.md" is a file, so only what is usual counts.
const namesHost =
  /^(?:https?:\/\/(?:[^/?#@]*@)?|(?=www\.|[^/?#]+\.(?:ai|app|co|com|dev|edu|gov|io|net|org)(?:[/:?#]|$)))(?<host>[\p{L}\p{N}_.-]+)/iu;

/** The host of the link where its text looks like the address of another one. */
function otherHost(url: string, children: readonly unknown[]): string | undefined {
  const text = children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
  const named = namesHost.exec(text)?.groups?.['host'];
  if (named === undefined || !URL.canParse(url)) {
    return undefined;
  }
  const { host, hostname } = new URL(url);
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
  return bare(asciiHost(named)) === bare(hostname) ? undefined : host;
}

function asciiHost(name: string): string {
  return URL.canParse(`https://${name}`) ? new URL(`https://${name}`).hostname : name;
}
