/** Text as it is drawn on paper: by faces that have its characters, in the direction in which it is read. */
export { FACE_FILES, type Weight } from './faces.ts';
export { linesOf } from './lines.ts';
export { runsOf, widthOf } from './runs.ts';
export { inkOf } from './ink.ts';
