/** Runs f where WebAssembly is another. */
export async function withWebAssembly<R>(other: object | undefined, f: () => R): Promise<Awaited<R>> {
  const own = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")!;
  Object.defineProperty(globalThis, "WebAssembly", { ...own, value: other });
  try {
    return await f();
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", own);
  }
}

/** This engine's WebAssembly, with some of it replaced. */
export function webAssemblyWith(change: object): object {
  const names = Object.getOwnPropertyNames(WebAssembly) as (keyof typeof WebAssembly)[];
  return { ...Object.fromEntries(names.map((name) => [name, WebAssembly[name]])), ...change };
}
