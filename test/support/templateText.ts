import { nothing, type TemplateResult } from 'lit/html.js';

/**
 * What a template would be on the page, as text: elements with their attributes, without handlers and without
 * blanks that only indent the source. Works without a document, so it can be compared in plain Node.
 */
export function templateText(value: unknown): string {
  if (value === nothing || value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value)) {
    return value.map(templateText).join('');
  }
  if (isTemplate(value)) {
    return elementText(value);
  }
  if (isGuard(value)) {
    return templateText(value.values[1]());
  }
  return typeof value === 'string' || typeof value === 'number' ? escaped(String(value)) : '';
}

/** What happens on a click on each thing that can be clicked, in order. */
export function templateClicks(value: unknown): readonly (() => void)[] {
  if (Array.isArray(value)) {
    return value.flatMap(templateClicks);
  }
  if (isGuard(value)) {
    return templateClicks(value.values[1]());
  }
  if (!isTemplate(value)) {
    return [];
  }
  return value.values.flatMap((part, index) =>
    typeof part === 'function' && value.strings[index]?.endsWith('@click=') === true
      ? [() => void Reflect.apply(part, undefined, [new Event('click')])]
      : templateClicks(part),
  );
}

/** How many templates there are, which is how much has to be put on the page. */
export function templateCount(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + templateCount(item), 0);
  }
  if (isTemplate(value)) {
    return 1 + templateCount(value.values);
  }
  return isGuard(value) ? templateCount(value.values[1]()) : 0;
}

/** How many templates stand inside of one another. */
export function templateDepth(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((deepest, item) => Math.max(deepest, templateDepth(item)), 0);
  }
  if (isTemplate(value)) {
    return 1 + templateDepth(value.values);
  }
  return isGuard(value) ? templateDepth(value.values[1]()) : 0;
}

function elementText({ strings, values }: TemplateResult): string {
  const parts = strings.map((source, index) => {
    const text = withoutIndents(source);
    if (index >= values.length) {
      return text;
    }
    const value = values[index];
    if (/ [@.][\w-]+=$/.test(text)) {
      return text.replace(/ [@.][\w-]+=$/, '');
    }
    if (text.endsWith('=')) {
      return value === nothing ? text.replace(/ [\w-]+=$/, '') : `${text}"${escaped(String(value))}"`;
    }
    return text + templateText(value);
  });
  return parts.join('');
}

/** Line breaks in the source of a template stand between attributes, or say nothing. */
function withoutIndents(source: string): string {
  return source
    .replace(/\s*\n\s*(?=[<>]|\/>|$)|(?<=[>])\s*\n\s*|^\s*\n\s*(?=[<>])/g, '')
    .replace(/\s*\n\s*/g, ' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== null && '_$litType$' in value;
}

interface Guard {
  readonly values: readonly [deps: unknown, make: () => unknown];
}

function isGuard(value: unknown): value is Guard {
  return typeof value === 'object' && value !== null && '_$litDirective$' in value;
}
