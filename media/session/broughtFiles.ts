/** The pictures in the clipboard; none where there is text as well, since then it is the text that is meant. */
export function picturesIn(clipboard: DataTransfer | null): readonly File[] {
  const files = clipboard?.getData('text/plain') === '' ? clipboard.files : [];
  return Array.from(files).filter(({ type }) => type.startsWith('image/'));
}

/** The bytes of a file as base64; undefined where they cannot be read, as those of a folder. */
export async function base64Of(file: Blob): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      const comma = url.indexOf(',');
      resolve(comma < 0 ? '' : url.slice(comma + 1)); // of nothing there is no comma
    };
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}
