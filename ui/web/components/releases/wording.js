// Texts with their places filled, in the singular where there is one of a thing.
import { fill as filled } from "../shared/dom.js";
import { singular } from "./arithmetic.js";

export const fill = (text, values) => singular(filled(text, values));
