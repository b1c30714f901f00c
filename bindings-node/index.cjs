'use strict'

const { facade } = require('./facade.cjs')

module.exports = facade(require('./frontdesk.node'))
