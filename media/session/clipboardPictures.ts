/** The pictures in the clipboard; none where there is text as well, since then it is the text that is meant. */
export function picturesIn(clipboard: DataTransfer | null): readonly File[] {
  const files = clipboard?.getData('text/plain') === '' ? clipboard.files : [];
  return Array.from(files).filter(({ type }) => type.startsWith('image/'));
}

/** The bytes of a file as base64; empty where they cannot be read. */
export async function base64Of(file: Blob): Promise<string> {
  return await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => resolve('');
    reader.readAsDataURL(file);
  });
}
