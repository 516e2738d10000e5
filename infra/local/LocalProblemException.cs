namespace Guichet.Local;

/// <summary>
/// Something about this machine that keeps the environment from starting. Its message is one French sentence, written
/// for whoever typed the command: commands print it as it is and exit with code 2.
/// </summary>
public sealed class LocalProblemException(string sentence, Exception? cause = null) : Exception(sentence, cause);
