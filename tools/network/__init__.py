"""Steps that build the packaged network from open bases, fact tables and sourced patches."""
