/** The texts around writing a message; `{name}` are placeholders. */
export interface ComposerStrings {
  readonly interruptAndSend: string;
  readonly keysInterrupt: string; // "Ctrl+Shift+Enter"
  readonly checking: string;
  readonly noAnswer: string;
  readonly sent: string;
  readonly attach: string;
  readonly attachMenu: string;
  readonly attachFile: string;
  readonly attachImage: string;
  readonly attachSelection: string;
  readonly attachEditor: string;
  readonly selectionLines: string; // "{name}, {lines}"
  readonly noSelection: string;
  readonly noEditor: string;
  readonly attachments: string;
  readonly oneLine: string;
  readonly lines: string; // "{count} lines"
  readonly selection: string; // "Selection · {name}"
  readonly openAttachment: string; // behind name and size: "see exactly what is sent"
  readonly removeAttachment: string; // "Remove {name}"
  readonly attached: string; // "Attached {name}"
  readonly removed: string; // "Removed {name}"
  readonly preview: string; // "Picture that is sent: {name}"
  readonly closePreview: string;
  readonly notShown: string;
  readonly tooLargeFile: string; // "{name} was not attached: …"
  readonly unreadableFile: string;
  readonly tooManyFiles: string; // "…: a message takes up to {count}."
  readonly dropHere: string;
  readonly dismiss: string;
  readonly ended: string;
  readonly newSession: string;
  readonly unsentDraft: string;
  readonly recalled: string;
  readonly backToDraft: string;
  readonly attachedFile: string; // in the conversation: "Attached file"
  readonly attachedSelection: string;
  readonly lineRange: string; // "lines {from} to {to}"
}
