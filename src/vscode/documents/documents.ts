import type { Connection } from '../../api/connection.ts';
import type { DocumentKind } from '../../documents/editable.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';
import type { AutomaticSaves } from './automaticSaves.ts';
import { ComparedTexts } from './comparedTexts.ts';
import type { DocumentGate } from './documentGate.ts';
import { FieldDiagnostics } from './fieldDiagnostics.ts';
import { FileLinks } from './fileLinks.ts';
import { ObjectDocuments } from './objectDocuments.ts';

/** Agents and environments as documents, and what belongs to them. */
export class Documents implements Disposable {
  private readonly disposables = new DisposableStore();
  readonly gate: DocumentGate;
  readonly automatic: AutomaticSaves;
  readonly compared = this.disposables.add(new ComparedTexts());
  readonly diagnostics: FieldDiagnostics;
  readonly links: FileLinks;
  readonly objects: ObjectDocuments;
  /** Something of this kind was changed or made on this connection. */
  readonly changed: (connection: Connection, kind: DocumentKind) => void;

  constructor(
    shell: Shell,
    gate: DocumentGate,
    automatic: AutomaticSaves,
    changed: (connection: Connection, kind: DocumentKind) => void,
  ) {
    this.gate = gate;
    this.automatic = automatic;
    this.changed = changed;
    this.diagnostics = this.disposables.add(new FieldDiagnostics(shell.redactor));
    this.links = new FileLinks(shell.workspaceState);
    this.objects = this.disposables.add(new ObjectDocuments(shell, this));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
