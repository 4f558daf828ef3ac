/**
 * A base for classes whose instances are functions: `instance(input)` is `instance.evaluate(input)`.
 *
 * The constructor returns a function that has the prototype of the class, so `instanceof`, methods and fields work as
 * usual, and so do `call`, `apply` and `bind`.
 *
 * @example class Twice extends Callable<number, number> { protected override evaluate(x: number): number { return 2 * x; } }; new Twice()(3) // 6
 */
export abstract class Callable<Input, Output> {
  constructor() {
    const instance = (input: Input): Output => (instance as Callable<Input, Output>).evaluate(input);
    // biome-ignore lint/correctness/noConstructorReturn: the instance is this function
    return Object.setPrototypeOf(instance, new.target.prototype);
  }

  /** What calling the instance does. */
  protected abstract evaluate(input: Input): Output;

  /** The name of the class: not the source that functions show. */
  toString(): string {
    return this.constructor.name;
  }
}

export interface Callable<Input, Output> {
  // biome-ignore lint/style/useShorthandFunctionType: an interface, because it merges with the class
  (input: Input): Output;
}

Object.setPrototypeOf(Callable.prototype, Function.prototype);

// In JavaScript nothing reminds a subclass of what it has to have.
Object.defineProperty(Callable.prototype, "evaluate", {
  configurable: true,
  writable: true,
  value(this: Callable<never, unknown>): never {
    throw new TypeError(
      `${this.constructor.name}: a class that extends Callable needs a method evaluate(input).`,
    );
  },
});

// The console of Node asks this of an instance, which it would show as a function.
Object.defineProperty(Callable.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Callable<never, unknown>): string {
    return this.toString();
  },
});
