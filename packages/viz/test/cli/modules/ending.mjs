await new Promise(() => undefined);
export const root = undefined;
