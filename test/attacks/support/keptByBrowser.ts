import type { Page } from 'playwright-core';

/** All that the editor keeps in its browser: state, and secrets in their sealed form. */
export async function keptByBrowser(page: Page): Promise<unknown> {
  return await page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        kept.push(await result(objects.getAllKeys()), await result<unknown[]>(objects.getAll()));
      }
      database.close();
    }
    return kept;
  });
}
