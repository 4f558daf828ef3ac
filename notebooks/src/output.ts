import type { MimeBundle } from "./mime.ts";

/** Text that a cell printed. */
export interface Stream {
  readonly kind: "stream";
  readonly name: "stdout" | "stderr";
  readonly text: string;
}

/** What a cell showed. */
export interface Display {
  readonly kind: "display";
  readonly data: MimeBundle;
  /** What one sees; empty for text. */
  readonly description: string;
  /** Of an embedded page, in CSS pixels. */
  readonly height?: number;
  /** A measurement: no two runs agree on it, so runs are not compared by it. */
  readonly measured?: boolean;
}

/** The error that ended a lesson. */
export interface Failure {
  readonly kind: "failure";
  readonly name: string;
  readonly message: string;
  /** In the lesson's file; absent if the error names none. */
  readonly line?: number;
  /** The calls that led to it, innermost first. */
  readonly trace: readonly string[];
}

export type Output = Stream | Display | Failure;
