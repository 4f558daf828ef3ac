/** What we write of nbformat 4.5; the schema has the rest. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

export type NotebookCell =
  | {
      readonly cell_type: "markdown";
      readonly id: string;
      readonly metadata: CellMetadata;
      readonly source: readonly string[];
    }
  | {
      readonly cell_type: "code";
      readonly execution_count: number | null;
      readonly id: string;
      readonly metadata: CellMetadata;
      readonly outputs: readonly NotebookOutput[];
      readonly source: readonly string[];
    };

export interface CellMetadata {
  readonly tags?: readonly string[];
}

/** `alt` is what one sees, by the type of the picture. */
export interface DisplayMetadata {
  readonly measured?: boolean;
  readonly "image/png"?: { readonly alt: string };
  readonly "image/svg+xml"?: { readonly alt: string };
}

export type NotebookOutput =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: readonly string[] }
  | {
      readonly output_type: "display_data";
      readonly data: Readonly<Record<string, string | readonly string[]>>;
      readonly metadata: DisplayMetadata;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };
