"""The weights of Communique's larger encoder; `communique code --weights accurate` reads them."""
