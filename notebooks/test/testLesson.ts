import { join } from "node:path";
import { type Lesson, lessonOf, lessonsFolder } from "../src/lesson/lesson.ts";

/** Lines above the body of a test's lesson. */
export const LINES_ABOVE = 5;

/** A lesson that is in no file, with a title and the body given. */
export function testLesson(body: string): Lesson {
  const opening = "// %% [markdown]\n// # A test\n//\n// You learn nothing.\n\n";
  return lessonOf(opening + body, join(lessonsFolder, "99-test.ts"));
}
