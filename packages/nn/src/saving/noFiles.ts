/** Stands for the writing of files in browsers. @throws Error that says what to use instead */
export async function writeFileAtomically(
  caller: string,
  _path: string,
  _data: string | Uint8Array,
): Promise<void> {
  throw noFiles(caller);
}

/** Stands for the reading of files in browsers. @throws Error that says what to use instead */
export async function readBytes(caller: string, _path: string): Promise<Uint8Array> {
  throw noFiles(caller);
}

function noFiles(caller: string): Error {
  const instead = caller.endsWith("Checkpoint")
    ? "Use checkpointToJson and checkpointFromJson for text."
    : "Use toSafetensors and loadSafetensors for bytes, or modelToJson and loadModelJson for text.";
  return new Error(`${caller}: there are no files here, as in a browser. ${instead}`);
}
