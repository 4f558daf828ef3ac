/** Integers of 32 bits written one after the other. */
export class Words {
  #words = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(word: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.#length++] = word;
  }

  at(index: number): number {
    return this.#words[index]!;
  }

  /** What was written so far. */
  view(): Int32Array {
    return this.#words.subarray(0, this.#length);
  }
}
