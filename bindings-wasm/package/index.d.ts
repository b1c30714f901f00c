export * from './types'

/** Loads the module: from beside this package, or from an address, a response or its bytes. Call it once and wait. */
export default function init(place?: string | URL | Response | ArrayBuffer | Uint8Array): Promise<unknown>
