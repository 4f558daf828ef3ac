/** What the user can put right: its message is shown on one line, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
