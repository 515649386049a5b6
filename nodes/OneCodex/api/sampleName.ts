export const toSampleName = (name: string): string => name;
