import type { CourseEntry } from "../page/indexPage.ts";

const LIST = /(<!-- lessons -->\n)[\s\S]*?(<!-- \/lessons -->)/;

/**
 * A README with the list of the lessons brought up to date.
 *
 * @throws Error if it has no place for the list
 */
export function withLessons(readme: string, course: readonly CourseEntry[]): string {
  if (!LIST.test(readme)) {
    throw new Error(
      "notebooks/README.md: no place for the lessons. Write <!-- lessons --> and <!-- /lessons -->.",
    );
  }
  const items = course.map(({ name, title, summary, exercises }) => {
    const count = `${exercises.length} ${exercises.length === 1 ? "exercise" : "exercises"}`;
    const solutions = exercises.length === 0 ? "" : ` [${count}, solved](built/solutions/${name}.ipynb)`;
    return `- ${name.slice(0, 2)} [${title}](built/${name}.ipynb): ${summary}${solutions}\n`;
  });
  return readme.replace(LIST, (_, begin: string, end: string) => `${begin}\n${items.join("")}\n${end}`);
}
