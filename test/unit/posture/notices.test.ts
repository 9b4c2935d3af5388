import assert from 'node:assert/strict';
import ts from 'typescript';
import { parsedSources } from '../../support/sourceTexts.ts';

/** The editor makes links of `[label](address)` in these, and a link may name a command. */
const notices = new Set(['showInformationMessage', 'showWarningMessage', 'showErrorMessage']);
const makesPlain = new Set(['withoutLinks', 'safe']);
/** Says why the extension did not start, before any server was asked; nothing is loaded for it. */
const before = 'src/extension.ts';

/** Texts of notices and progress with words put into them that may still be read as links. */
function readAsLinks(source: ts.SourceFile): readonly string[] {
  const constants = new Map<string, ts.Expression>();
  const found: string[] = [];
  const hasWordsPutIn = (node: ts.Node, followed: readonly ts.Node[] = []): boolean => {
    if (ts.isCallExpression(node)) {
      const name = nameOf(node.expression);
      if (makesPlain.has(name)) {
        return false;
      }
      if (name === 't' && node.arguments.length > 1) {
        return true;
      }
    }
    const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
    return constant === undefined || followed.includes(constant)
      ? ts.forEachChild(node, (child) => hasWordsPutIn(child, followed) || undefined) === true
      : hasWordsPutIn(constant, [...followed, constant]);
  };
  const look = (node: ts.Node, visit: (node: ts.Node) => void): void => {
    visit(node);
    ts.forEachChild(node, (child) => look(child, visit));
  };
  look(source, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      constants.set(node.name.text, node.initializer);
    }
  });
  look(source, (node) => {
    const text = noticeText(node);
    if (text !== undefined && hasWordsPutIn(text)) {
      found.push(`${source.fileName}: ${text.getText(source).slice(0, 80)}`);
    }
  });
  return found;
}

function noticeText(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node) && notices.has(nameOf(node.expression))) {
    const [text, options] = node.arguments;
    return options !== undefined && property(options, 'modal') !== undefined ? undefined : text;
  }
  const location = property(node, 'location');
  return location?.getText().includes('ProgressLocation.Notification') === true
    ? property(node, 'title')
    : undefined;
}

function property(node: ts.Node, name: string): ts.Node | undefined {
  const found = ts.isObjectLiteralExpression(node)
    ? node.properties.find((each) => each.name?.getText() === name)
    : undefined;
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : found?.name;
}

function nameOf(expression: ts.Expression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

describe('notices with words of others in them', () => {
  it('are never read as links', () => {
    const found = parsedSources()
      .filter(({ fileName }) => fileName !== before)
      .flatMap(readAsLinks);
    assert.deepEqual(found, []);
  });

  it('are found where they would be', () => {
    const seen = (code: string) =>
      readAsLinks(ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true)).length;
    assert.equal(seen(`w.showWarningMessage(l10n.t('{name} is gone', { name }))`), 1);
    assert.equal(seen(`const q = a ? 'x' : l10n.t('{name}', { name }); w.showErrorMessage(q, yes);`), 1);
    assert.equal(
      seen(`const o = { location: v.ProgressLocation.Notification, title: l10n.t('{a}', a) };`),
      1,
    );
    const title = `const title = l10n.t('{a}', a);`;
    assert.equal(seen(`${title} p({ location: v.ProgressLocation.Notification, title });`), 1);
    assert.equal(seen(`w.showWarningMessage(withoutLinks(l10n.t('{name}', { name })))`), 0);
    assert.equal(seen(`w.showWarningMessage(l10n.t('{name}', { name }), { modal: true, detail })`), 0);
    assert.equal(seen(`w.showWarningMessage(l10n.t('Nothing to see'))`), 0);
  });
});
