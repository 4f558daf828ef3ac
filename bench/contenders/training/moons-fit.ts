import { data, moonsModel, moonsOptions } from "../../training/moonsDemo.ts";
import { pacedFit } from "../../training/pacedFit.ts";

export const setup = () => pacedFit(moonsModel(), data, moonsOptions());
