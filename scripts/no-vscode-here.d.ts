// The core must not know the editor: tsconfig.core.json maps the module name "vscode" to this file,
// which is deliberately not a module, so that any import of it fails to type-check.
declare const theCoreMustNotImportVscode: never;
