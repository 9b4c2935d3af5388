import type { Editor } from './editor.ts';

const themes = {
  dark: { name: 'Default Dark Modern', mark: 'vs-dark' },
  light: { name: 'Default Light Modern', mark: 'vs' },
  'hc-dark': { name: 'Default High Contrast', mark: 'hc-black' },
  'hc-light': { name: 'Default High Contrast Light', mark: 'hc-light' },
} as const;

export type ThemeKind = keyof typeof themes;

export const themeKinds = Object.keys(themes) as readonly ThemeKind[];

/** Changes the colour theme and waits until the editor shows it. */
export async function setTheme(editor: Editor, kind: ThemeKind): Promise<void> {
  const { name, mark } = themes[kind];
  await editor.changeSettings({ 'workbench.colorTheme': name });
  await editor.page.locator(`.monaco-workbench.${mark}`).first().waitFor();
}
