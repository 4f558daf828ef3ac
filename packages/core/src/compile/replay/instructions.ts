import type { Code } from "../wasm/code.ts";

/**
 * Instructions that only the loop over a table needs.
 *
 * @see WebAssembly Core Specification 2.0, §5.4
 */

const BLOCK = 0x02;
const BR = 0x0c;
const BR_TABLE = 0x0e;
const I32_LOAD = 0x28;
const VOID = 0x40;
/** As a power of two: 4 bytes. */
const ALIGNMENT = 2;

/** `block`, without a result. */
export function beginBlock({ bytes }: Code): void {
  bytes.byte(BLOCK).byte(VOID);
}

/** `br` */
export function branch({ bytes }: Code, label: number): void {
  bytes.byte(BR).u32(label);
}

/** `br_table`: to the label that the number on the stack counts to, or to the last. */
export function branchTable({ bytes }: Code, labels: readonly number[], last: number): void {
  bytes
    .byte(BR_TABLE)
    .vector(labels, (label) => bytes.u32(label))
    .u32(last);
}

/** `i32.load` from the address on the stack plus `offset`. */
export function loadInteger({ bytes }: Code, offset: number): void {
  bytes.byte(I32_LOAD).u32(ALIGNMENT).u32(offset);
}
