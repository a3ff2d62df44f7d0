export { plural } from '../../core/language/plural.ts';
