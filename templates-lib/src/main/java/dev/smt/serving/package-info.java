/** What serving a model costs: FLOPs and bytes (paper, section 3.2.1). */
package dev.smt.serving;
