import type { Id } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import type { Place } from "./places.ts";

/** Where code that is being written finds a result. */
export function placeOf(emission: Emission, writer: FunctionWriter, id: Id): Place {
  const { structure, lanes, split, slots, places } = emission;
  const place = places[id]!;
  if (place.kind === "constant" || place.kind === "memory") return place;
  const isNewToLanes = lanes.vectors[writer.body]! > 0 && lanes.vectors[structure.bodyOf[id]!] === 0;
  if (split.functionOf[id] === writer.number && !isNewToLanes) return place;
  return { kind: "memory", at: slots.get(id)! };
}

/** Puts a number that is the same in all lanes on the stack. */
export function pushNumber(emission: Emission, writer: FunctionWriter, id: Id): void {
  const place = placeOf(emission, writer, id);
  switch (place.kind) {
    case "constant":
      writer.code.f64(place.value);
      return;
    case "locals":
      writer.code.emit("local.get", place.locals[0]!);
      return;
    case "splat":
      writer.code.emit("local.get", place.locals[0]).emit("f64x2.extract_lane", 0);
      return;
    case "memory":
      writer.code.i32(0).access("f64.load", place.at);
  }
}

/** Puts vector number `index` of a result on the stack. */
export function pushVector(emission: Emission, writer: FunctionWriter, id: Id, index: number): void {
  if (emission.lanes.varies[id] === 1) pushOwnVector(writer, placeOf(emission, writer, id), index);
  else pushSplat(emission, writer, placeOf(emission, writer, id));
}

function pushOwnVector({ code }: FunctionWriter, place: Place, index: number): void {
  if (place.kind === "locals") code.emit("local.get", place.locals[index]!);
  else if (place.kind === "memory") code.i32(0).access("v128.load", place.at + 16 * index);
}

function pushSplat(emission: Emission, writer: FunctionWriter, place: Place): void {
  const { code } = writer;
  if (place.kind === "locals") code.emit("local.get", place.locals[0]!).emit("f64x2.splat");
  else if (place.kind === "splat") code.emit("local.get", place.locals[0]);
  else if (place.kind === "memory") code.i32(0).access("v128.load64_splat", place.at);
  else pushConstant(emission, writer, place.value);
}

const zeros = new Uint8Array(16);

/** Puts a vector of twice the same constant on the stack. */
export function pushConstant({ memory }: Emission, { code }: FunctionWriter, value: number): void {
  if (Object.is(value, 0)) code.v128(zeros);
  // A load takes a third of the instructions that V8 makes of a constant.
  else code.i32(0).access("v128.load64_splat", memory.constant(value));
}
