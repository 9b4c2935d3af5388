/** What `dist/meta.json` says of the build, as esbuild writes it: of each file that was made. */
export interface BuildRecord {
  readonly outputs: Readonly<Record<string, BuiltFile>>;
}

interface BuiltFile {
  /** Size in bytes. */
  readonly bytes: number;
  /** The source that it was made of, where it was made of one. */
  readonly entryPoint?: string;
  readonly imports: readonly {
    readonly path: string;
    /** `import-statement`: loaded with the file itself; `dynamic-import`: when it is needed. */
    readonly kind: string;
    readonly external?: boolean;
  }[];
}

/** The files that are loaded as soon as one of them is, itself included. */
export function loadedWith(file: string, outputs: BuildRecord['outputs']): ReadonlySet<string> {
  const files = new Set<string>();
  const follow = (name: string) => {
    const built = outputs[name];
    if (built === undefined || files.has(name)) {
      return;
    }
    files.add(name);
    for (const { path, kind, external } of built.imports) {
      if (kind === 'import-statement' && external !== true) {
        follow(path);
      }
    }
  };
  follow(file);
  return files;
}
