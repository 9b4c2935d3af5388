import core from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { LanguageFn } from 'highlight.js';
import type { Grammar } from '../codeLanguages.ts';
import { type CodeToken, CodeTokens } from './codeTokens.ts';
import { isMonotonous } from './monotonous.ts';

const grammars: Readonly<Record<Grammar, LanguageFn>> = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  markdown,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};

/** Longer code stays in one colour, in UTF-16 units. */
const MOST_CODE = 100_000;
/** More runs of colour than this would be more elements than a page should have. */
const MOST_RUNS = 5_000;
/**
 * The grammars search ahead, which takes time by the square of what they search through. Longer code is read in
 * parts, which end between paragraphs of it where they can.
 */
const PART = 8_000;
/** Of a grammar whose lines stand for themselves, and that searches the most. */
const SMALL_PART = 2_000;

const highlighter = core.newInstance();
highlighter.configure({ __emitter: CodeTokens });
for (const [name, grammar] of Object.entries(grammars)) {
  highlighter.registerLanguage(name, grammar);
}

/** The code in runs of one kind each, which together are the code again; undefined where that did not succeed. */
export function highlight(code: string, grammar: Grammar): readonly CodeToken[] | undefined {
  if (code.length > MOST_CODE || isMonotonous(code)) {
    return undefined;
  }
  const runs: CodeToken[] = [];
  for (const part of partsOf(code, grammar === 'ini' ? SMALL_PART : PART)) {
    const tokens = highlightPart(part, grammar);
    if (tokens === undefined || runs.length + tokens.length > MOST_RUNS) {
      return undefined;
    }
    runs.push(...tokens);
  }
  return runs;
}

function highlightPart(code: string, grammar: Grammar): readonly CodeToken[] | undefined {
  const { _emitter: emitter } = highlighter.highlight(code, { language: grammar, ignoreIllegals: true });
  if (!(emitter instanceof CodeTokens)) {
    return undefined;
  }
  const length = emitter.tokens.reduce((sum, { text }) => sum + text.length, 0);
  // A grammar that gave up half way has lost the rest of the code.
  return length === code.length ? emitter.tokens : undefined;
}

function partsOf(code: string, length: number): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  while (code.length - from > length) {
    const limit = from + length;
    const end = ['\n\n', '\n']
      .map((gap) => code.lastIndexOf(gap, limit))
      .find((at) => at > limit - length / 2);
    const next = end === undefined ? limit : end + 1;
    parts.push(code.slice(from, next));
    from = next;
  }
  parts.push(code.slice(from));
  return parts;
}
