import { describe } from "../../check.ts";
import { listed, quoted } from "../../saving/quoted.ts";
import type { Column } from "./csvOptions.ts";
import { firstRepeated } from "./firstRepeated.ts";
import type { CsvRecord } from "./records.ts";

/** The names of the columns: those in the first row, or else their positions. */
export class Header {
  readonly names: readonly string[];
  readonly #where: string;
  /** Empty if positions stand for names. */
  readonly #positions: ReadonlyMap<string, number>;

  /**
   * @param named - whether the first row names the columns
   * @throws RangeError if two have the same name
   */
  constructor(where: string, { line, fields }: CsvRecord, named: boolean) {
    this.#where = where;
    this.names = named ? fields : fields.map((_, position) => String(position));
    this.#positions = new Map(named ? fields.map((name, position) => [name, position]) : []);
    const name = firstRepeated(this.names);
    if (name === undefined) return;
    const first = fields.indexOf(name);
    const second = fields.indexOf(name, first + 1);
    throw new RangeError(
      `${where}line ${line}: columns ${first} and ${second} (from 0) are both named ${quoted(name)}.`,
    );
  }

  /** How an error message calls a column. */
  describe(position: number): string {
    const named = this.#positions.size > 0;
    return named ? `column ${quoted(this.names[position]!)}` : `column ${position} (from 0)`;
  }

  /** @throws TypeError or RangeError if there is no such column */
  positionOf(column: Column): number {
    if (typeof column !== "string" && typeof column !== "number") {
      throw new TypeError(`${this.#where}a column must be a name or a position, got ${describe(column)}.`);
    }
    const position = typeof column === "number" ? column : this.#positions.get(column);
    if (position !== undefined && Object.hasOwn(this.names, position)) return position;
    const last = this.names.length - 1;
    const columns =
      this.#positions.size > 0
        ? `The columns are ${listed(this.names)}, at 0 … ${last}.`
        : `Without a header columns have no names, only positions 0 … ${last}.`;
    const asked = typeof column === "string" ? quoted(column) : column;
    throw new RangeError(`${this.#where}there is no column ${asked}. ${columns}`);
  }
}
