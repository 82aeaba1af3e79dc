"""What: events, stance, attribution, figures, quotes, assessments, projects and forums."""
