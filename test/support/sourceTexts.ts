import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');

/** A file of the project, as JSON. */
export function projectJson(file: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}

/** Files of the project that match a pattern, below its root. */
export function projectFiles(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
}

/** The sources of the extension, as the compiler reads them. */
export function parsedSources(): readonly ts.SourceFile[] {
  return projectFiles('src/**/*.ts').map((file) =>
    ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
  );
}

/** Every text that the sources look up in the user's language, as it stands in `l10n.t('…')`. */
export function sourceTexts(): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const source of parsedSources()) {
    const visit = (node: ts.Node): void => {
      const text = lookedUp(node);
      if (text !== undefined) {
        texts.add(text);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return texts;
}

function lookedUp(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) {
    return undefined;
  }
  const { expression, name } = node.expression;
  const [first] = node.arguments;
  const isLookup = name.text === 't' && /l10n$/i.test(expression.getText());
  return isLookup && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}

/** The placeholders of a text, in the order of the alphabet. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();
}
