/**
 * A base for classes whose instances are functions: `instance(input)` is `instance.evaluate(input)`.
 *
 * The constructor returns a function that has the prototype of the class, so `instanceof`, methods and fields work as
 * usual, and so do `call`, `apply` and `bind`.
 */
export abstract class Callable<Input, Output> {
  constructor() {
    const instance = (input: Input): Output => (instance as Callable<Input, Output>).evaluate(input);
    // biome-ignore lint/correctness/noConstructorReturn: the instance is this function
    return Object.setPrototypeOf(instance, new.target.prototype);
  }

  /** What calling the instance does. */
  protected abstract evaluate(input: Input): Output;
}

export interface Callable<Input, Output> {
  // biome-ignore lint/style/useShorthandFunctionType: an interface, because it merges with the class
  (input: Input): Output;
}

Object.setPrototypeOf(Callable.prototype, Function.prototype);

// The console of Node asks this of an instance, which it would show as a function.
Object.defineProperty(Callable.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Callable<never, unknown>): string {
    return this.toString();
  },
});
