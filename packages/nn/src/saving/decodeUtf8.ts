/** Text from UTF-8. @throws TypeError if the bytes are not */
export function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new TypeError(`${what} is not UTF-8 text.`, { cause: error });
  }
}
