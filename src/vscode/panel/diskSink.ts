import type { ExportSink } from '../../transcript/export/writeExport.ts';
import { openPartFile } from '../services/partFile.ts';

/** A file on this machine that an export is written to, whole or not at all. */
export async function openDiskSink(target: string): Promise<ExportSink> {
  return await openPartFile(target);
}
