/**
 * For statements that may read whole tables, and take their time. Statistics know nothing of a run that came after them, so
 * the planner takes its rows for one, and would go through all others for each of them.
 */
export const SET_FOR_WHOLE_TABLES = 'SET statement_timeout = 0; SET enable_nestloop = off';

export const RESET_FROM_WHOLE_TABLES = 'RESET statement_timeout; RESET enable_nestloop';
