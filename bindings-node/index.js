'use strict'

module.exports = require('./frontdesk.node')
