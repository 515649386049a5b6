/** What the policy of a bucket may ask for of each object. */
export const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' };
