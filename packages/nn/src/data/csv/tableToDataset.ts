import type { CsvDataset } from "./csvDataset.ts";
import type { Column, CsvOptions } from "./csvOptions.ts";
import { classNames, classOf, numberOf } from "./field.ts";
import { firstRepeated } from "./firstRepeated.ts";
import type { CsvRecord } from "./records.ts";
import { tableOf } from "./table.ts";

/**
 * @param where - what an error message begins with
 * @throws TypeError or RangeError that names line and column
 */
export function tableToDataset(
  where: string,
  text: string,
  options: CsvOptions<Column | readonly Column[]>,
): CsvDataset | CsvDataset<readonly number[]> {
  const { header, rows } = tableOf(where, text, options);
  const { target = header.names.length - 1, classes = false } = options;
  const targetPositions = [target].flat().map((column) => header.positionOf(column));
  const inputPositions =
    options.inputs?.map((column) => header.positionOf(column)) ??
    [...header.names.keys()].filter((position) => !targetPositions.includes(position));
  if (inputPositions.length === 0) throw new RangeError(`${where}no column is left to be an input.`);
  const twice = firstRepeated([...inputPositions, ...targetPositions]);
  if (twice !== undefined) {
    throw new RangeError(`${where}${header.describe(twice)} can be an input or a target only once.`);
  }
  const at = (row: CsvRecord, position: number) => () =>
    `${where}line ${row.line}, ${header.describe(position)}`;
  // Where each line ends in a delimiter, the last column has neither name nor numbers.
  const hintAt = (position: number) =>
    header.names[position] === ""
      ? " The column has no name: do the lines end in a delimiter? Remove it, or choose the columns by inputs and target."
      : "";
  const numbersAt = (positions: readonly number[]) =>
    rows.map((row) =>
      positions.map((position) => numberOf(row.fields[position]!, at(row, position), hintAt(position))),
    );

  const common = {
    inputs: numbersAt(inputPositions),
    inputColumns: inputPositions.map((position) => header.names[position]!),
    targetColumns: targetPositions.map((position) => header.names[position]!),
  };
  if (Array.isArray(target)) return { ...common, targets: numbersAt(targetPositions), classes: undefined };
  const position = targetPositions[0]!;
  if (classes === false) {
    const hint = hintAt(position) || " If the target names a class, set classes: true.";
    const targets = rows.map((row) => numberOf(row.fields[position]!, at(row, position), hint));
    return { ...common, targets, classes: undefined };
  }
  const names = classes === true ? classNames(rows.map(({ fields }) => fields[position]!)) : [...classes];
  const labels = new Map(names.map((name, label) => [name, label]));
  const targets = rows.map((row) => classOf(row.fields[position]!, labels, at(row, position)));
  return { ...common, targets, classes: names };
}
