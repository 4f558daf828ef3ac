import { digits, digitsModel, digitsOptions } from "../../training/digits.ts";
import { pacedFit } from "../../training/pacedFit.ts";

export const setup = () => pacedFit(digitsModel(), digits().train, digitsOptions());
