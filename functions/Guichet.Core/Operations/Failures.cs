namespace Guichet.Core.Operations;

/// <summary>
/// What was to be done cannot be done, and trying again would end the same: a message that is none, a dossier that does not exist. It is kept
/// with its reason for a person to look at, and replayed once the cause is mended.
/// </summary>
public sealed class FinalFailure(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What was to be done cannot be done now, because something that we depend on is busy or away: it is tried again, later each time.</summary>
public sealed class PassingFailure(string message, Exception? inner = null) : Exception(message, inner);
