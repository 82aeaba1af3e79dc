"""Programs for whoever builds and hands out Communique: bill of materials, licences, the wheel built twice."""
